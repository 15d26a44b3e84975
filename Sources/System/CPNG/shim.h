#pragma once
#include <png.h>

/* Macros that are casts and calls, which Swift does not import. */
static const unsigned int png_rgb_colormap_format = PNG_FORMAT_RGB_COLORMAP;
