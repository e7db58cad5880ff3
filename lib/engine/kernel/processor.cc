// What this machine's processor can do.
#define has(feature) (__builtin_cpu_supports(feature) != 0)

// Whether this machine's processor is one that the library was compiled for. It is compiled for every processor, as it
// is asked before anything else runs. AFOS_FEATURES are those that the compiler used, as calls of `has`.
extern "C" __attribute__((visibility("default"))) int afos_runs_here() { return AFOS_FEATURES; }

// Whether it multiplies bfloat16 numbers in hardware.
extern "C" __attribute__((visibility("default"))) int afos_has_bfloat16() { return has("avx512bf16"); }
