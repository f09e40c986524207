/**
 * The only way to the file system. Java's own file API decodes names with the locale's character
 * set and loses those that do not fit; here names are bytes, and every access goes by directory
 * descriptor and without following links, so that nothing read or written lies outside the tree
 * that was meant. Linux on x86_64 and aarch64.
 */
@NullMarked
package org.hikae.device.files;

import org.jspecify.annotations.NullMarked;
