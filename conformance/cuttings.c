#include "cuttings.h"

#include <stdlib.h>
#include <string.h>

#include "memory.h"

#define NEAR 2

static bool visit_widths(size_t count, cuttings_visitor *visitor, void *context)
{
    size_t every = count > 0 ? CUTTINGS_OCTETS / count : 0;
    for (size_t width = 1; width < count; width += width < every ? 1 : width) {
        if (!visitor(context, &(cutting){.width = width})) {
            return false;
        }
    }
    return true;
}

static bool visit_sent_widths(cuttings_visitor *visitor, void *context)
{
    static const size_t widths[] = {1, 2, 3, 5};
    for (size_t i = 0; i < sizeof widths / sizeof widths[0]; i++) {
        if (!visitor(context, &(cutting){.sent_width = widths[i]})) {
            return false;
        }
    }
    return true;
}

/* One flag a position, 1..count - 1: whether pairs are made with it. */
static void mark_near(bool *marked, size_t count, size_t boundary)
{
    size_t low = boundary > NEAR ? boundary - NEAR : 1;
    for (size_t at = low; at <= boundary + NEAR && at < count; at++) {
        marked[at] = true;
    }
}

static void mark_line_ends(bool *marked, size_t count, const script *what)
{
    size_t at = 0;
    for (size_t i = 0; i < what->count; i++) {
        const script_step *step = &what->steps[i];
        for (size_t j = 0; step->kind == STEP_RECEIVED && j < step->count; j++) {
            at++;
            if (step->octets[j] == '\n') {
                mark_near(marked, count, at);
            }
        }
    }
}

static void mark_events(bool *marked, size_t count, const event_log *whole)
{
    for (size_t i = 0; i < whole->count; i++) {
        mark_near(marked, count, whole->lines[i].offset);
        mark_near(marked, count, whole->lines[i].offset + whole->lines[i].octets);
    }
}

/* How many positions may be paired so that all pairs together feed no more than is allowed. */
static size_t most_positions(size_t count)
{
    size_t most = 2;
    while ((most + 1) * most / 2 * count <= CUTTINGS_OCTETS) {
        most++;
    }
    return most;
}

static size_t collect(const bool *marked, size_t count, size_t most, size_t *positions)
{
    size_t found = 0;
    for (size_t at = 1; at < count; at++) {
        if (marked[at]) {
            positions[found++] = at;
        }
    }
    if (found <= most) {
        return found;
    }
    for (size_t i = 0; i < most; i++) {
        positions[i] = positions[i * found / most];
    }
    return most;
}

static bool visit_pairs(const size_t *positions, size_t count, cuttings_visitor *visitor, void *context)
{
    for (size_t i = 0; i < count; i++) {
        for (size_t j = i + 1; j < count; j++) {
            size_t cuts[2] = {positions[i], positions[j]};
            if (!visitor(context, &(cutting){.cuts = cuts, .cut_count = 2})) {
                return false;
            }
        }
    }
    return true;
}

bool cuttings_visit(const script *what, const event_log *whole, cuttings_visitor *visitor, void *context)
{
    size_t count = script_received_count(what);
    if (!visit_widths(count, visitor, context) || !visit_sent_widths(visitor, context)) {
        return false;
    }
    bool *marked = memory_new(count * sizeof *marked);
    if (count <= CUTTINGS_SHORT) {
        memset(marked, true, count * sizeof *marked);
    } else {
        mark_line_ends(marked, count, what);
        mark_events(marked, count, whole);
    }
    size_t *positions = memory_new(count * sizeof *positions);
    size_t most = count <= CUTTINGS_SHORT ? count : most_positions(count);
    size_t found = collect(marked, count, most, positions);
    free(marked);
    bool done = visit_pairs(positions, found, visitor, context);
    free(positions);
    return done;
}
