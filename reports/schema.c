#include "schema.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Where the value that is being checked stands in the document: a member of, or an element of, the place above. */
struct place {
    const struct place *above;
    const char *member; /* NULL: an element */
    size_t element;
};

struct check {
    const json_t *schema; /* the whole, for $ref */
    struct report_problem *problem;
};

static bool fits(const struct check *check, const json_t *schema, const json_t *value, const struct place *place);

static void append(struct report_problem *problem, const char *format, ...)
{
    size_t used = strlen(problem->text);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(problem->text + used, sizeof problem->text - used, format, arguments);
    va_end(arguments);
}

static void append_place(struct report_problem *problem, const struct place *place)
{
    if (!place)
        return;
    append_place(problem, place->above);
    if (!place->member)
        append(problem, "[%zu]", place->element);
    else
        append(problem, "%s%s", place->above ? "." : "", place->member);
}

static void append_value(struct report_problem *problem, const json_t *value)
{
    char *text = json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT);
    append(problem, "%.60s", text ? text : "a value");
    free(text);
}

static void start_problem(const struct check *check, const struct place *place)
{
    check->problem->text[0] = '\0';
    append_place(check->problem, place);
    append(check->problem, "%sexpected ", place ? ": " : "");
}

static bool is_of_type(const json_t *value, const char *type)
{
    switch (json_typeof(value)) {
    case JSON_OBJECT: return strcmp(type, "object") == 0;
    case JSON_ARRAY: return strcmp(type, "array") == 0;
    case JSON_STRING: return strcmp(type, "string") == 0;
    case JSON_INTEGER: return strcmp(type, "integer") == 0 || strcmp(type, "number") == 0;
    case JSON_REAL: return strcmp(type, "number") == 0;
    case JSON_TRUE:
    case JSON_FALSE: return strcmp(type, "boolean") == 0;
    case JSON_NULL: return strcmp(type, "null") == 0;
    }
    return false;
}

/* `type` is one name or a list of names. */
static bool fits_type(const struct check *check, const json_t *type, const json_t *value, const struct place *place)
{
    if (!type)
        return true;
    if (json_is_string(type) && is_of_type(value, json_string_value(type)))
        return true;
    for (size_t i = 0; i < json_array_size(type); i++)
        if (is_of_type(value, json_string_value(json_array_get(type, i))))
            return true;
    start_problem(check, place);
    if (json_is_string(type))
        append(check->problem, "%s", json_string_value(type));
    for (size_t i = 0; i < json_array_size(type); i++)
        append(check->problem, "%s%s", i ? " or " : "", json_string_value(json_array_get(type, i)));
    append(check->problem, ", got ");
    append_value(check->problem, value);
    return false;
}

static bool fits_choice(const struct check *check, const json_t *schema, const json_t *value, const struct place *place)
{
    const json_t *only = json_object_get(schema, "const");
    const json_t *choices = json_object_get(schema, "enum");
    if ((!only && !choices) || (only && json_equal(only, value)))
        return true;
    for (size_t i = 0; i < json_array_size(choices); i++)
        if (json_equal(json_array_get(choices, i), value))
            return true;
    start_problem(check, place);
    if (only)
        append_value(check->problem, only);
    else
        append(check->problem, "one of ");
    for (size_t i = 0; i < json_array_size(choices); i++) {
        append(check->problem, "%s", i ? ", " : "");
        append_value(check->problem, json_array_get(choices, i));
    }
    append(check->problem, "; got ");
    append_value(check->problem, value);
    return false;
}

static bool fits_minimum(const struct check *check, const json_t *schema, const json_t *value,
                         const struct place *place)
{
    const json_t *minimum = json_object_get(schema, "minimum");
    if (!minimum || !json_is_number(value) || json_number_value(value) >= json_number_value(minimum))
        return true;
    start_problem(check, place);
    append(check->problem, "at least %g, got %g", json_number_value(minimum), json_number_value(value));
    return false;
}

static bool has_members(const struct check *check, const json_t *schema, const json_t *value, const struct place *place)
{
    const json_t *required = json_object_get(schema, "required");
    for (size_t i = 0; json_is_object(value) && i < json_array_size(required); i++) {
        const char *name = json_string_value(json_array_get(required, i));
        if (json_object_get(value, name))
            continue;
        start_problem(check, place);
        append(check->problem, "a member \"%s\"", name);
        return false;
    }
    return true;
}

static bool members_fit(const struct check *check, const json_t *schema, const json_t *value, const struct place *place)
{
    const char *name;
    json_t *member_schema;
    json_object_foreach(json_object_get(schema, "properties"), name, member_schema)
    {
        const json_t *member = json_object_get(value, name);
        struct place inner = {place, name, 0};
        if (member && !fits(check, member_schema, member, &inner))
            return false;
    }
    return true;
}

static bool elements_fit(const struct check *check, const json_t *schema, const json_t *value,
                         const struct place *place)
{
    const json_t *element_schema = json_object_get(schema, "items");
    for (size_t i = 0; element_schema && i < json_array_size(value); i++) {
        struct place inner = {place, NULL, i};
        if (!fits(check, element_schema, json_array_get(value, i), &inner))
            return false;
    }
    return true;
}

/* The recursion is as deep as the schema, whose $refs form no cycle, whatever the document. */
static bool fits(const struct check *check, const json_t *schema, const json_t *value, const struct place *place)
{
    static const char definitions[] = "#/$defs/";
    const char *reference = json_string_value(json_object_get(schema, "$ref"));
    if (reference && strncmp(reference, definitions, sizeof definitions - 1) == 0)
        schema = json_object_get(json_object_get(check->schema, "$defs"), reference + sizeof definitions - 1);
    return fits_type(check, json_object_get(schema, "type"), value, place) &&
           fits_choice(check, schema, value, place) && fits_minimum(check, schema, value, place) &&
           has_members(check, schema, value, place) && members_fit(check, schema, value, place) &&
           elements_fit(check, schema, value, place);
}

bool report_schema_fits(const json_t *schema, const json_t *document, struct report_problem *problem)
{
    struct check check = {schema, problem};
    return fits(&check, schema, document, NULL);
}
