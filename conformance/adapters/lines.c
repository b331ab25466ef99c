/* A parser with a feed function, lines_reader.h, as an adapter of level framing. */
#include "atwire_adapter.h"
#include "lines_reader.h"

static void on_line(const char *text, size_t length, int is_final)
{
    if (strncmp(text, "CONNECT", 7) == 0 && !is_final) {
        adapter_skip("transparent mode");
    }
    adapter_event(is_final ? "final" : "line", NULL);
    adapter_text(NULL, text, length);
    adapter_end();
}

static void on_prompt(void)
{
    adapter_event("prompt", NULL);
    adapter_end();
}

static void on_payload(const uint8_t *octets, size_t count)
{
    adapter_data(0, 0, octets, count);
}

static struct lines_reader reader = {.on_line = on_line, .on_prompt = on_prompt, .on_payload = on_payload};

static void start(const struct adapter_case *one)
{
    (void)one; /* it has nothing to configure */
    lines_start(&reader);
}

static void sent(const uint8_t *octets, size_t count)
{
    lines_sent(&reader, octets, count);
}

static void received(const uint8_t *octets, size_t count)
{
    lines_feed(&reader, octets, count);
}

static void abandon(void)
{
    lines_start(&reader);
}

int main(void)
{
    static const struct adapter_parser parser = {.name = "lines-c",
                                                 .version = "1",
                                                 .level = "framing",
                                                 .start = start,
                                                 .sent = sent,
                                                 .received = received,
                                                 .abandon = abandon};
    return adapter_run(&parser);
}
