#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/channel_layout.h>
#include <libavutil/log.h>
#include <libavutil/mem.h>
#include <libavutil/opt.h>
#include <libavutil/samplefmt.h>
#include <libswresample/swresample.h>

// Swift imports neither macros with casts nor those that call others, so each gets a door here.

static inline int av_code_again(void) { return AVERROR(EAGAIN); }

static inline int av_code_end(void) { return AVERROR_EOF; }

static inline int av_code_interrupted(void) { return AVERROR_EXIT; }

static inline int av_code_invalid_argument(void) { return AVERROR(EINVAL); }

static inline int av_code_invalid_data(void) { return AVERROR_INVALIDDATA; }

static inline int av_code_no_memory(void) { return AVERROR(ENOMEM); }

static inline int av_code_no_decoder(void) { return AVERROR_DECODER_NOT_FOUND; }

static inline int av_code_no_stream(void) { return AVERROR_STREAM_NOT_FOUND; }

static inline int av_flag_own_io(void) { return AVFMT_FLAG_CUSTOM_IO; }

static inline int av_flag_global_header(void) { return AVFMT_GLOBALHEADER; }

static inline int av_codec_flag_global_header(void) { return AV_CODEC_FLAG_GLOBAL_HEADER; }
