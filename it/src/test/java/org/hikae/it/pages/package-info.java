/** Use cases on pages, in Chromium. */
@NullMarked
package org.hikae.it.pages;

import org.jspecify.annotations.NullMarked;
