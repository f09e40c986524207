/** The agent's window, in Chromium: its pages, and who else may reach it. */
@NullMarked
package org.hikae.it.pages.window;

import org.jspecify.annotations.NullMarked;
