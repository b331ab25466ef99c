#include "script.h"

#include <string.h>

#include "memory.h"

script_settings script_default_settings(void)
{
    return (script_settings){
        .ceiling = SCRIPT_CEILING, .line_size = SCRIPT_LINE_SIZE, .command_size = SCRIPT_COMMAND_SIZE};
}

size_t script_received_count(const script *from)
{
    size_t count = 0;
    for (size_t i = 0; i < from->count; i++) {
        count += from->steps[i].kind == STEP_RECEIVED ? from->steps[i].count : 0;
    }
    return count;
}

size_t script_stretch_end(const script *from, size_t first, bool blocks)
{
    size_t last = first;
    while (last + 1 < from->count && from->steps[last + 1].kind == STEP_RECEIVED &&
           !(blocks && from->steps[last].expected_count > 0)) {
        last++;
    }
    return last;
}

void script_print(buffer *to, const script *from)
{
    static const char *const starts[] = {
        [STEP_SENT] = "--> ", [STEP_RECEIVED] = "<-- ", [STEP_DTR] = "--! dtr", [STEP_ABANDON] = "--! abandon"};
    for (size_t i = 0; i < from->count; i++) {
        const script_step *step = &from->steps[i];
        buffer_text(to, starts[step->kind]);
        buffer_escape_wire(to, step->octets, step->count);
        buffer_text(to, "\n");
    }
}

script script_copy(const script *from, size_t more)
{
    script copy = *from;
    copy.steps = memory_new((from->count + more) * sizeof *copy.steps);
    if (from->count > 0) {
        memcpy(copy.steps, from->steps, from->count * sizeof *copy.steps);
    }
    return copy;
}
