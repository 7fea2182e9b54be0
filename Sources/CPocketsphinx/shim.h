#include <pocketsphinx.h>
#include <sphinxbase/err.h>
#include <sphinxbase/fsg_model.h>

// Swift cannot call C variadic functions: the settings begin at their defaults and are then set
// one by one.
static inline cmd_ln_t *sphinx_settings(void) {
  return cmd_ln_init(NULL, ps_args(), TRUE, (char *)NULL);
}
