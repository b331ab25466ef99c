#include "model.h"

#include <stdlib.h>
#include <string.h>

#include "model_host.h"
#include "model_line.h"

#define LINKS 16
#define CTRL_Z 0x1a
#define ESCAPE 0x1b
#define ETX 0x03

/* What the host's octets are. */
typedef enum host_state { HOST_LINE, HOST_COUNTED, HOST_VARIABLE, HOST_UNBOUNDED } host_state;

/* The command line that waits for its final code. */
typedef struct exchange {
    bool pending;
    model_request request;
    bool echo_seen;
    bool takes_data;
    bool prompt_seen;
    bool cancelled;
    bool result_seen;
    bool result_good;
} exchange;

typedef struct model {
    const script *what;
    event_log *log;
    arena memory;
    bool beyond; /* names that the command buffer may not keep */

    const uint8_t *octets; /* all received */
    size_t count;
    size_t *positions; /* of each step: how many octets come before it */
    size_t next;       /* step that has not acted yet */
    size_t at;         /* octet that has not been read yet */

    exchange now;
    bool outstanding[ATW_NAME_COUNT][LINKS];
    bool echo_on;
    bool noise; /* NULs came since the last line */
    bool data_mode;
    size_t data_start; /* in data mode: octets before are delivered, … */
    size_t end_floor;  /* … and what ends it begins here at the earliest */
    bool escaped;

    host_state host;
    uint8_t *line; /* the host's line so far */
    size_t line_count;
    bool after_cr;
    bool etx;
    uint64_t owed;
    uint8_t *payload;
    size_t payload_count;
    size_t payload_number; /* how many have been started */
    bool variable;
    bool may_echo; /* the payload's echo may come */
} model;

/* Exchanges: what is asked */

static const model_command *first_command(const exchange *of)
{
    return of->request.count > 0 ? &of->request.commands[0] : NULL;
}

static atw_name exchange_name(const exchange *of)
{
    const model_command *first = first_command(of);
    if (first == NULL) {
        return ATW_NAME_AT;
    }
    return first->row != NULL ? first->row->id : ATW_NAME_OTHER;
}

static long exchange_link(const exchange *of)
{
    const model_command *first = first_command(of);
    return first != NULL ? first->link : -1;
}

/* Whether it is complete only with its result line. */
static bool is_deferred(const exchange *of)
{
    const model_command *first = first_command(of);
    if (first == NULL || first->row == NULL) {
        return false;
    }
    return (model_is(first->row->order, "EXEC_RESULT") && first->form == MODEL_EXECUTE) ||
           (model_is(first->row->order, "WRITE_RESULT") && first->form == MODEL_WRITE);
}

static bool names_link(atw_name name)
{
    const model_name *row = model_name_of(name);
    return row != NULL && *row->index != '\0' && !model_is(row->index, "NO_INDEX");
}

/* The link by which an exchange's result is awaited: 0 where the command names none by its nature, -1 if it cannot be. */
static long awaited_link(const exchange *of)
{
    long link = names_link(exchange_name(of)) ? exchange_link(of) : 0;
    return link < LINKS ? link : -1;
}

/* Whether a line of two readings can be the command's answer: where the name says READ, only its query's. */
static bool has_answer(const model_command *command)
{
    return strstr(command->row->context, "READ") == NULL || command->form == MODEL_READ;
}

/* Neither its query nor its test. */
static bool does_something(const model_command *command)
{
    return command->form == MODEL_EXECUTE || command->form == MODEL_WRITE;
}

/* Where echo is on, an answer comes after its command's echo. */
static bool may_answer(const model *in)
{
    return in->now.pending && (!in->echo_on || in->now.echo_seen);
}

static bool is_answer(const void *exchanges, const model_name *name)
{
    const model *in = exchanges;
    for (size_t i = 0; may_answer(in) && i < in->now.request.count; i++) {
        const model_command *command = &in->now.request.commands[i];
        if (command->row != NULL && command->row->id == name->id && has_answer(command)) {
            return true;
        }
    }
    return false;
}

static bool is_answer_named(const void *exchanges, const uint8_t *name, size_t length)
{
    const model *in = exchanges;
    for (size_t i = 0; may_answer(in) && i < in->now.request.count; i++) {
        const model_command *command = &in->now.request.commands[i];
        if (command->row == NULL && command->name_length == length && memcmp(command->name, name, length) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_outstanding(const void *exchanges, atw_name name, int64_t link)
{
    const model *in = exchanges;
    return link >= 0 && link < LINKS && in->outstanding[name][link];
}

/* Whether CIPOPEN, ATO or ATD is pending: not its query or test. */
static bool connects(const model *in)
{
    for (size_t i = 0; in->now.pending && i < in->now.request.count; i++) {
        const model_command *command = &in->now.request.commands[i];
        if (command->row != NULL && model_is(command->row->context, "CONNECTS") && does_something(command)) {
            return true;
        }
    }
    return false;
}

static long first_open(const model *in)
{
    for (long link = 0; link < LINKS; link++) {
        if (in->outstanding[ATW_NAME_CIPOPEN][link]) {
            return link;
        }
    }
    return -1;
}

/* Events */

/* Log an event; the step is that of the octet that is being read. */
static void emit(model *in, atw_event *event, size_t offset)
{
    event->offset = (uint32_t)offset;
    event_log_add(in->log, event);
}

/* The NULs before a line are noted on its event. */
static uint32_t take_noise(model *in)
{
    uint32_t notes = in->noise ? ATW_NOTE(NUL_NOISE) : 0;
    in->noise = false;
    return notes;
}

static void emit_span(model *in, atw_kind kind, size_t start, size_t end, bool last)
{
    if (start < end || last) {
        atw_event event = {.kind = (uint8_t)kind, .text = {in->octets + start, end - start}, .last = last};
        emit(in, &event, start);
    }
}

static void emit_done(model *in, atw_name name, const model_command *command, long link, bool good)
{
    atw_event event = {.kind = ATW_DONE, .name = (uint8_t)name, .ok = good, .last = true};
    if (name == ATW_NAME_OTHER && command != NULL) {
        event.label = (atw_span){command->name, command->name_length};
    }
    if (link >= 0) {
        const model_name *row = model_name_of(name);
        bool server = row != NULL && strstr(row->index, "SERVER") != NULL;
        event.fields[event.field_count++] = (atw_field){.param = server ? ATW_PARAM_SERVER_INDEX : ATW_PARAM_LINK_NUM,
                                                        .type = ATW_FIELD_INT,
                                                        .value = (int32_t)link};
    }
    emit(in, &event, in->at);
}

/* The pending exchange is complete. */
static void complete(model *in, bool good)
{
    emit_done(in, exchange_name(&in->now), first_command(&in->now), exchange_link(&in->now), good);
}

/* The host's octets */

static void start_payload(model *in, host_state state, uint64_t owed)
{
    in->host = state == HOST_COUNTED && owed == 0 ? HOST_LINE : state;
    in->owed = owed;
    in->payload_count = 0;
    in->payload_number++;
    in->variable = state == HOST_VARIABLE;
    in->etx = false;
}

/* Which payload the line's last command takes. */
static host_state payload_of(const model_request *request, uint64_t *length)
{
    const model_command *last = request->count > 0 ? &request->commands[request->count - 1] : NULL;
    if (last == NULL || request->ends_open || last->row == NULL || last->form != MODEL_WRITE) {
        return HOST_LINE;
    }
    *length = last->length;
    bool by_length = strncmp(last->row->data, "LENGTH", 6) == 0;
    bool by_ctrl_z = strstr(last->row->data, "CTRL_Z") != NULL;
    if (by_length && last->has_length) {
        return HOST_COUNTED;
    }
    return by_ctrl_z ? HOST_VARIABLE : HOST_LINE;
}

/* A command without a row takes data if a prompt comes. */
static bool has_unknown(const model_request *request)
{
    for (size_t i = 0; i < request->count; i++) {
        const model_command *command = &request->commands[i];
        if (command->row == NULL && does_something(command)) {
            return true;
        }
    }
    return false;
}

/* A whole command line has been sent: it replaces what was pending, and an older command of its kind on its link. */
static void begin_exchange(model *in, const model_request *request)
{
    uint64_t length = 0;
    host_state payload = payload_of(request, &length);
    free(in->now.request.commands);
    in->now = (exchange){.pending = true, .request = *request};
    in->now.takes_data = payload != HOST_LINE || has_unknown(request);
    in->beyond = in->beyond || request->unspecified || request->name_octets > MODEL_NAMES_MAX ||
                 request->name_octets * 3 > in->what->settings.command_size;
    if (is_deferred(&in->now) && awaited_link(&in->now) >= 0) {
        in->outstanding[exchange_name(&in->now)][awaited_link(&in->now)] = false;
    }
    if (payload != HOST_LINE) {
        start_payload(in, payload, length);
    }
}

static void take_command_octet(model *in, uint8_t octet)
{
    model_request request = {0};
    in->line[in->line_count++] = octet;
    bool repeat = in->line_count == 2 && (in->line[0] | 0x20) == 'a' && octet == '/';
    if (repeat) {
        model_read_repeat(&request, &in->memory);
        request.echo = memcpy(arena_new(&in->memory, 2), in->line, 2);
        in->line_count = 0;
        begin_exchange(in, &request);
    } else if (octet == '\r') {
        uint8_t *line = arena_new(&in->memory, in->line_count);
        size_t count = in->line_count - 1;
        memcpy(line, in->line, count);
        in->after_cr = true;
        in->line_count = 0;
        if (model_read_request(&request, line, count, &in->memory)) {
            begin_exchange(in, &request);
        }
    }
}

/* Ctrl-Z or ESC without an unpaired ETX before it. */
static bool ends_payload(model *in, uint8_t octet)
{
    bool coded = in->etx;
    in->etx = !coded && octet == ETX;
    return !coded && (octet == CTRL_Z || octet == ESCAPE);
}

static void take_payload_octet(model *in, uint8_t octet)
{
    if (in->host == HOST_VARIABLE && ends_payload(in, octet)) {
        in->now.cancelled = in->now.cancelled || octet == ESCAPE;
        in->host = HOST_LINE;
        return;
    }
    in->payload[in->payload_count++] = octet;
    if (in->host == HOST_COUNTED && --in->owed == 0) {
        in->host = HOST_LINE;
    }
}

static void take_host_octet(model *in, uint8_t octet)
{
    bool after_cr = in->after_cr;
    in->after_cr = false;
    if (after_cr && octet == '\n') {
        return;
    }
    if (in->host == HOST_LINE) {
        take_command_octet(in, octet);
    } else {
        take_payload_octet(in, octet);
    }
}

static void give_up(model *in)
{
    free(in->now.request.commands);
    in->now = (exchange){0};
    memset(in->outstanding, 0, sizeof in->outstanding);
    in->noise = false;
    in->data_mode = false;
    in->host = HOST_LINE;
    in->line_count = 0;
    in->after_cr = false;
    in->payload_count = 0;
    in->variable = false;
    in->may_echo = false;
}

/* The module's octets: data mode */

typedef struct data_end {
    const char *text;
    atw_name name;
} data_end;

static const data_end ends[] = {{"\r\nOK\r\n", ATW_NAME_OK},
                                {"\r\nERROR\r\n", ATW_NAME_ERROR},
                                {"\r\nNO CARRIER\r\n", ATW_NAME_NO_CARRIER},
                                {"\r\nCLOSED\r\n", ATW_NAME_CLOSED}};

static bool may_end(const model *in, const data_end *end)
{
    return end->name == ATW_NAME_CLOSED ? in->what->settings.closed_ends_data : in->escaped;
}

/* How many octets before `to` are the start of what could end data mode now. */
static size_t held(const model *in, size_t to)
{
    size_t longest = 0;
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        size_t length = may_end(in, &ends[i]) ? strlen(ends[i].text) : 1;
        for (size_t part = 1; part < length && part <= to - in->end_floor; part++) {
            if (part > longest && memcmp(in->octets + to - part, ends[i].text, part) == 0) {
                longest = part;
            }
        }
    }
    return longest;
}

/* What ends data mode with the octet before `to`, or NULL. */
static const data_end *end_at(const model *in, size_t to)
{
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        size_t length = strlen(ends[i].text);
        if (may_end(in, &ends[i]) && length <= to - in->end_floor &&
            memcmp(in->octets + to - length, ends[i].text, length) == 0) {
            return &ends[i];
        }
    }
    return NULL;
}

static void deliver_data(model *in, size_t to)
{
    emit_span(in, ATW_STREAM, in->data_start, to, false);
    in->data_start = to;
}

static void read_data_mode(model *in)
{
    const data_end *end = end_at(in, ++in->at);
    if (end == NULL) {
        return;
    }
    size_t start = in->at - strlen(end->text);
    deliver_data(in, start);
    bool closed = end->name == ATW_NAME_CLOSED;
    atw_event event = {.kind = closed ? ATW_URC : ATW_FINAL,
                       .name = (uint8_t)end->name,
                       .line = closed ? ATW_LINE_URC_WORD_LINE : ATW_LINE_FINAL_WORD_LINE,
                       .last = true};
    emit(in, &event, start);
    in->data_mode = false;
}

/* The host has left data mode: the end's match starts afresh, and what had matched is data after all. */
static void escape(model *in)
{
    in->escaped = true;
    in->end_floor = in->at;
    deliver_data(in, in->at);
}

/* The host's steps */

static void host_acts(model *in, size_t index)
{
    const script_step *step = &in->what->steps[index];
    if (in->data_mode) {
        size_t to = in->at - held(in, in->at);
        deliver_data(in, to > in->data_start ? to : in->data_start);
    }
    event_log_end_stream(in->log);
    in->log->step = index;
    bool plus = step->kind == STEP_SENT && step->count == 3 && memcmp(step->octets, "+++", 3) == 0;
    if (step->kind == STEP_ABANDON) {
        event_log_end(in->log);
        give_up(in);
    } else if (in->data_mode && (plus || step->kind == STEP_DTR)) {
        escape(in);
    } else if (!in->data_mode && step->kind == STEP_SENT) {
        for (size_t i = 0; i < step->count; i++) {
            take_host_octet(in, step->octets[i]);
        }
    }
}

/* Let the host do what it did before the octet at `position` came. Returns false if it gave up: then no more. */
static bool host_before(model *in, size_t position)
{
    while (in->next < in->what->count && in->positions[in->next] <= position) {
        size_t index = in->next++;
        if (in->what->steps[index].kind == STEP_RECEIVED) {
            in->log->step = script_stretch_end(in->what, index, false);
            continue;
        }
        in->at = in->positions[index] > in->at ? in->positions[index] : in->at;
        host_acts(in, index);
        if (in->what->steps[index].kind == STEP_ABANDON) {
            return false;
        }
    }
    return true;
}

/* The module's octets: payload and its echo */

/* Where the host gives up before the octet at `to` has come; `to` if it does not. */
static size_t give_up_before(const model *in, size_t to)
{
    for (size_t i = in->next; i < in->what->count && in->positions[i] < to; i++) {
        if (in->what->steps[i].kind == STEP_ABANDON) {
            return in->positions[i];
        }
    }
    return to;
}

static void read_payload(model *in, const model_reading *line)
{
    size_t start = in->at;
    size_t wanted = (size_t)(line->hex ? 2 * line->count : line->count);
    size_t end = give_up_before(in, in->count - start < wanted ? in->count : start + wanted);
    if (start == end) {
        return;
    }
    (void)host_before(in, end - 1);
    in->at = end;
    atw_event event = {.kind = ATW_DATA,
                       .hex = line->hex,
                       .last = end - start == wanted,
                       .total = (uint32_t)line->count,
                       .text = {in->octets + start, end - start}};
    emit(in, &event, start);
}

/* Whether the octet begins the payload's echo. */
static bool echo_begins(model *in, uint8_t octet)
{
    bool begins = in->may_echo && in->payload_count > 0 && in->payload[0] == octet;
    in->may_echo = in->may_echo && !begins;
    return begins;
}

/* The Ctrl-Z that ended the payload may be echoed, too. */
static void pass_ctrl_z(model *in)
{
    if (in->at < in->count && host_before(in, in->at)) {
        in->at += in->octets[in->at] == CTRL_Z;
    }
}

/* The payload's echo: as many octets as the host has sent of it, whatever they are. */
static void read_payload_echo(model *in)
{
    size_t number = in->payload_number;
    size_t start = in->at;
    atw_event event = {.kind = ATW_ECHO, .notes = take_noise(in)};
    for (size_t echoed = 0; in->at < in->count && host_before(in, in->at) && number == in->payload_number;) {
        bool complete = in->host == HOST_LINE;
        if (echoed < in->payload_count) {
            echoed++;
            event.text = (atw_span){in->octets + in->at++, 1};
            event.last = complete && echoed == in->payload_count;
            emit(in, &event, start);
        } else {
            in->at += complete && in->variable && in->octets[in->at] == CTRL_Z;
            return;
        }
        if (event.last) {
            if (in->variable) {
                pass_ctrl_z(in);
            }
            return;
        }
    }
}

/* The module's octets: prompt */

static bool awaits_prompt(const model *in)
{
    return in->now.pending && in->now.takes_data && !in->now.prompt_seen;
}

/* One blank and one line end may follow the prompt, unless they begin the payload's echo. */
static void pass_after_prompt(model *in)
{
    bool blank_may_come = true;
    while (in->at < in->count && host_before(in, in->at)) {
        uint8_t octet = in->octets[in->at];
        if (echo_begins(in, octet)) {
            read_payload_echo(in);
            return;
        }
        bool passed = octet == '\r' || octet == '\n' || (octet == ' ' && blank_may_come);
        in->at += passed;
        if (!passed || octet == '\n') {
            return;
        }
        blank_may_come = false;
    }
}

static void read_prompt(model *in)
{
    atw_event event = {.kind = ATW_PROMPT, .notes = take_noise(in), .last = true};
    in->at++;
    emit(in, &event, in->at - 1);
    in->now.prompt_seen = true;
    in->may_echo = in->echo_on || in->now.echo_seen;
    if (has_unknown(&in->now.request)) {
        in->line_count = 0;
        start_payload(in, HOST_UNBOUNDED, 0);
    }
    pass_after_prompt(in);
}

/* The module's octets: lines */

/* The pending exchange is over, and its payload too. */
static void leave_pending(model *in)
{
    in->now.pending = false;
    in->may_echo = false;
    if (in->host != HOST_LINE) {
        in->host = HOST_LINE;
        in->line_count = 0;
    }
}

/* What E0 and E1 of an acknowledged line set; the last one counts. */
static void set_echo(model *in)
{
    for (size_t i = 0; i < in->now.request.count; i++) {
        const model_command *command = &in->now.request.commands[i];
        if (command->row != NULL && command->row->id == ATW_NAME_E) {
            in->echo_on = !command->is_zero;
        }
    }
}

static void follow_final(model *in, bool good)
{
    if (!in->now.pending) {
        return;
    }
    if (good) {
        set_echo(in);
    }
    if (!good || !is_deferred(&in->now) || in->now.cancelled) {
        complete(in, good);
    } else if (in->now.result_seen) {
        complete(in, in->now.result_good);
    } else if (awaited_link(&in->now) >= 0) {
        in->outstanding[exchange_name(&in->now)][awaited_link(&in->now)] = true;
    }
    leave_pending(in);
}

static bool is_success(const atw_event *event)
{
    if (event->name == ATW_NAME_CDNSGIP) {
        return event->line == ATW_LINE_CDNSGIP_RESOLVED;
    }
    if (event->name == ATW_NAME_CIPSEND) {
        return model_value(event, "req_send_length", -1) == model_value(event, "cnf_send_length", -2);
    }
    return model_value(event, "err", -1) == 0;
}

/* The link that a result names; 0 where its command has none. */
static long result_link(const atw_event *event)
{
    return names_link((atw_name)event->name) ? (long)event->fields[0].value : 0;
}

static void follow_result(model *in, const atw_event *event)
{
    atw_name name = (atw_name)event->name;
    long link = result_link(event);
    if (link < 0 || link >= LINKS) {
        return;
    }
    if (in->outstanding[name][link]) {
        in->outstanding[name][link] = false;
        emit_done(in, name, NULL, names_link(name) ? link : -1, is_success(event));
    } else if (in->now.pending && exchange_name(&in->now) == name && is_deferred(&in->now) &&
               awaited_link(&in->now) == link && !in->now.result_seen) {
        in->now.result_seen = true;
        in->now.result_good = is_success(event);
    }
}

/* CONNECT completes the CIPOPEN that was asked first, or the ATO or ATD that is pending. */
static void follow_connect(model *in)
{
    bool asked = connects(in);
    long link = first_open(in);
    in->data_mode = true;
    in->data_start = in->at;
    in->end_floor = in->at;
    in->escaped = false;
    if (link >= 0 && !(asked && exchange_name(&in->now) != ATW_NAME_CIPOPEN)) {
        in->outstanding[ATW_NAME_CIPOPEN][link] = false;
        emit_done(in, ATW_NAME_CIPOPEN, NULL, link, true);
    } else if (asked) {
        complete(in, true);
        leave_pending(in);
    }
}

static void read_line(model *in, size_t start, size_t end)
{
    const model_context context = {.is_answer = is_answer,
                                   .is_answer_named = is_answer_named,
                                   .is_outstanding = is_outstanding,
                                   .may_connect = !in->now.pending || connects(in) || first_open(in) >= 0,
                                   .exchanges = in,
                                   .family = in->what->family,
                                   .ceiling = in->what->settings.ceiling != 0 ? in->what->settings.ceiling : 65535};
    model_reading line;
    model_read_line(&line, in->octets + start, end - start, &context);
    line.event.notes |= take_noise(in);
    if (line.event.kind == ATW_RESULT && (result_link(&line.event) < 0 || result_link(&line.event) >= LINKS)) {
        line.event.notes |= ATW_NOTE(UNTRACKED_LINK);
    }
    emit(in, &line.event, start);
    switch (line.event.kind) {
    case ATW_FINAL: follow_final(in, line.event.name == ATW_NAME_OK); break;
    case ATW_RESULT: follow_result(in, &line.event); break;
    case ATW_CONNECT: follow_connect(in); break;
    default: break;
    }
    if (line.has_payload) {
        read_payload(in, &line);
    }
}

static bool is_echo(const model *in, size_t start, size_t end)
{
    const model_request *request = &in->now.request;
    return in->now.pending && !in->now.echo_seen && request->echo_count == end - start &&
           memcmp(in->octets + start, request->echo, end - start) == 0;
}

static size_t without_crs(const model *in, size_t start, size_t end)
{
    while (end > start && in->octets[end - 1] == '\r') {
        end--;
    }
    return end;
}

static void emit_echo(model *in, size_t start, size_t end)
{
    atw_event event = {
        .kind = ATW_ECHO, .notes = take_noise(in), .text = {in->octets + start, end - start}, .last = true};
    emit(in, &event, start);
    in->now.echo_seen = true;
}

/* `start` to the LF at `end` is a line. */
static void end_line(model *in, size_t start, size_t end)
{
    in->at = end + 1;
    if (end - start > in->what->settings.line_size) {
        atw_event event = {
            .kind = ATW_OVERLONG, .notes = take_noise(in), .total = (uint32_t)(end - start), .last = true};
        emit(in, &event, start);
        return;
    }
    end = without_crs(in, start, end);
    if (is_echo(in, start, end)) {
        emit_echo(in, start, end);
    } else {
        read_line(in, start, end);
    }
}

/* Whether `>` at `at` is a prompt that follows the echo's CR without an LF. */
static bool is_prompt_after_echo(const model *in, size_t start, size_t at)
{
    size_t end = without_crs(in, start, at);
    return awaits_prompt(in) && end < at && at - start <= in->what->settings.line_size && is_echo(in, start, end);
}

/* A line from its first octet to its LF. */
static void read_to_lf(model *in)
{
    size_t start = in->at;
    for (size_t at = start; at < in->count; at++) {
        if (!host_before(in, at)) {
            return;
        }
        uint8_t octet = in->octets[at];
        if (octet == '\n') {
            end_line(in, start, at);
            return;
        }
        if (octet == '>' && is_prompt_after_echo(in, start, at)) {
            in->at = at;
            emit_echo(in, start, without_crs(in, start, at));
            return;
        }
    }
    (void)host_before(in, in->count);
    in->at = in->count;
}

/* The next octet starts a line, or is noise before it. */
static void read_start(model *in)
{
    uint8_t octet = in->octets[in->at];
    if (echo_begins(in, octet)) {
        read_payload_echo(in);
        return;
    }
    in->may_echo = in->may_echo && in->payload_count == 0; /* the first octet behind the prompt decides */
    if (octet == '\r' || octet == '\n' || octet == '\0') {
        in->noise = in->noise || octet == '\0';
        in->at++;
    } else if (octet == '>' && awaits_prompt(in)) {
        read_prompt(in);
    } else {
        read_to_lf(in);
    }
}

static void collect(model *to)
{
    size_t received = 0;
    size_t sent = 0;
    to->positions = arena_new(&to->memory, (to->what->count + 1) * sizeof *to->positions);
    for (size_t i = 0; i < to->what->count; i++) {
        to->positions[i] = received;
        received += to->what->steps[i].kind == STEP_RECEIVED ? to->what->steps[i].count : 0;
        sent += to->what->steps[i].kind == STEP_SENT ? to->what->steps[i].count : 0;
    }
    uint8_t *octets = arena_new(&to->memory, received + 1);
    to->octets = octets;
    for (size_t i = 0; i < to->what->count; i++) {
        const script_step *step = &to->what->steps[i];
        if (step->kind == STEP_RECEIVED && step->count > 0) {
            memcpy(octets + to->count, step->octets, step->count);
            to->count += step->count;
        }
    }
    to->line = arena_new(&to->memory, sent + 1);
    to->payload = arena_new(&to->memory, sent + 1);
}

bool model_read(const script *what, event_log *log)
{
    model in = {.what = what, .log = log};
    event_log_clear(log);
    collect(&in);
    while (in.at < in.count) {
        if (!host_before(&in, in.at) || in.at >= in.count) {
            continue;
        }
        if (in.data_mode) {
            read_data_mode(&in);
        } else {
            read_start(&in);
        }
    }
    while (!host_before(&in, in.count)) {
        /* every abandon ends a round */
    }
    if (in.data_mode) {
        deliver_data(&in, in.count - held(&in, in.count));
    }
    log->step = what->count > 0 ? what->count - 1 : 0;
    event_log_end(log);
    bool known = !in.beyond;
    free(in.now.request.commands);
    arena_free(&in.memory);
    return known;
}
