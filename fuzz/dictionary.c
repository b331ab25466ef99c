/* Print the dictionary of the grammar, as `atwire grammar --format dict` does: for builds that have no more of the harness than this. */
#include <stdio.h>

#include "grammar_formats.h"

int main(void)
{
    buffer text = {0};
    grammar_dict(&text, ATW_FAMILY_ANY);
    int status = fputs(buffer_string(&text), stdout) < 0;
    buffer_free(&text);
    return status;
}
