// Whether this machine's processor is one that the library was compiled for. It is compiled for every processor, as it
// is asked before anything else runs. AFOS_FEATURES are those that the compiler used, as calls of `has`.
extern "C" __attribute__((visibility("default"))) int afos_runs_here() {
#define has(feature) (__builtin_cpu_supports(feature) != 0)
  return AFOS_FEATURES;
#undef has
}
