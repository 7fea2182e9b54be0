#include <flite/flite.h>

// The headers of flite do not declare what each voice and dictionary brings.
cst_voice *register_cmu_us_rms(const char *directory);
cst_voice *register_cmu_us_slt(const char *directory);
cst_lexicon *cmulex_init(void);

// Swift does not import macros that call functions.
static inline const char *flite_list_string(const cst_val *list) {
  return val_string(val_car(list));
}

static inline const cst_val *flite_list_rest(const cst_val *list) { return val_cdr(list); }

// A feature's name is kept by its address, so it must be one that stays.
static inline void flite_set_stretch(cst_voice *voice, float stretch) {
  flite_feat_set_float(voice->features, "duration_stretch", stretch);
}
