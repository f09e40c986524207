/**
 * Speaks the kernel's FUSE protocol, so that programs see a tree as folders and files. It knows no
 * backup and no manifest.
 */
@NullMarked
package org.hikae.device.fuse;

import org.jspecify.annotations.NullMarked;
