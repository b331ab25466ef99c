/* The example on the first page is compiled from there; here it runs. */
#include <criterion/criterion.h>
#include <stdio.h>

Test(readme, example_prints_what_the_page_says)
{
    char output[256];
    FILE *example = popen(README_EXAMPLE, "r");
    cr_assert_not_null(example, "%s does not start", README_EXAMPLE);
    const size_t length = fread(output, 1, sizeof output - 1, example);
    output[length] = '\0';
    cr_assert_eq(pclose(example), 0, "the example failed");
    cr_assert_str_eq(output, "signal quality 23\nunsolicited IPCLOSE\nCSQ ok\n", "got: %s", output);
}
