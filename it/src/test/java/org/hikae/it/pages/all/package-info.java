/** What holds for every page. */
@NullMarked
package org.hikae.it.pages.all;

import org.jspecify.annotations.NullMarked;
