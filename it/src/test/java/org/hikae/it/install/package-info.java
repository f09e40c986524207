/**
 * docs/install-guide.md, executed: its blocks run in order, as root, on a machine that is a name
 * space of this one.
 */
@NullMarked
package org.hikae.it.install;

import org.jspecify.annotations.NullMarked;
