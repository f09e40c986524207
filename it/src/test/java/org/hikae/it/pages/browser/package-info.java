/** The browser, keyboard and people for tests of pages. */
@NullMarked
package org.hikae.it.pages.browser;

import org.jspecify.annotations.NullMarked;
