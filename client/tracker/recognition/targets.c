/* The targets in use, and where their templates are written; see targets.h. */
#include "recognition/targets.h"

#include "alignment/template_renderer.h"
#include "matching/descriptor_index.h"
#include "matching/template_views.h"

Target targets[MAX_TARGETS];
Result results[MAX_TARGETS];
ViewFeatures target_views[MAX_TARGETS];

static uint8_t template_pixels[MAX_TARGETS][MAX_TEMPLATE_EDGE_PX * MAX_TEMPLATE_EDGE_PX];
static uint8_t room[MAX_TEMPLATE_EDGE_PX * MAX_TEMPLATE_EDGE_PX];
static Image offered = {0, 0, room};

enum { MIN_TEMPLATE_EDGE_PX = 32 };

static bool is_size_taken(int width, int height)
{
    return width >= MIN_TEMPLATE_EDGE_PX && height >= MIN_TEMPLATE_EDGE_PX &&
           width <= MAX_TEMPLATE_EDGE_PX && height <= MAX_TEMPLATE_EDGE_PX;
}

int open_target(const Image *template_image, float width_m)
{
    if (!is_size_taken(template_image->width, template_image->height) || !(width_m > 0))
        return -2;
    for (int slot = 0; slot < MAX_TARGETS; slot++) {
        Target *target = targets + slot;
        if (target->is_open)
            continue;
        int size = template_image->width * template_image->height;
        __builtin_memcpy(template_pixels[slot], template_image->pixels, (unsigned long)size);
        drop_reduced_template();
        target->template_image = (Image){template_image->width, template_image->height,
                                         template_pixels[slot]};
        target->width_m = width_m;
        target->code = 0;
        target->is_open = true;
        render_template_views(&target->template_image, target_views + slot);
        index_views(target_views + slot);
        return slot;
    }
    return -1;
}

/* Return where to write a template of this size, width * height bytes; 0 where it is
 * refused: edges are 32 to 512 px. */
EXPORT(template_room) uint8_t *template_room(int width, int height)
{
    if (!is_size_taken(width, height))
        return 0;
    offered.width = width;
    offered.height = height;
    return room;
}

/* Make the template just written a target, printed `width_m` wide. Return its slot, or
 * below 0 as `open_target` does. */
EXPORT(target_add) int target_add(float width_m)
{
    int slot = open_target(&offered, width_m);
    offered.width = offered.height = 0;
    return slot;
}
