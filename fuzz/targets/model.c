/*
 * model: the naive whole-buffer reading of the same rows (conformance/model.h) gives the same events at the same steps and offsets.
 */
#include "compare.h"
#include "finding.h"
#include "input.h"
#include "target.h"

int LLVMFuzzerTestOneInput(const uint8_t *octets, size_t count)
{
    input in;
    input_open(&in, octets, count);
    in.script.settings.command_size = UINT8_MAX; /* what a smaller buffer keeps of unknown names is nowhere promised */
    finding_candidate(&in.script);
    cutting as_given = input_cutting(&in);
    compare_with_model(&in.script, &as_given);
    input_close(&in);
    return 0;
}
