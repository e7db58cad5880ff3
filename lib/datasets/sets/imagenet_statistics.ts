/**
 * Mean and standard deviation of ImageNet's pixels / 255, for each channel: usual for sets of photographs.
 *
 * @module
 */

/** Means of red, green, blue. */
export const IMAGENET_MEAN: readonly number[] = [0.485, 0.456, 0.406];
/** Standard deviations of red, green, blue. */
export const IMAGENET_STD: readonly number[] = [0.229, 0.224, 0.225];
