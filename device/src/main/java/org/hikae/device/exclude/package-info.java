/**
 * Which files a backup leaves out: patterns, files of patterns, and the ignore files and cache tags
 * of directories. It knows no backup and no manifest.
 */
@NullMarked
package org.hikae.device.exclude;

import org.jspecify.annotations.NullMarked;
