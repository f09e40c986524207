/** The pages: their texts without a server, and their behaviour in a real browser. */
@NullMarked
package org.hikae.it.pages;

import org.jspecify.annotations.NullMarked;
