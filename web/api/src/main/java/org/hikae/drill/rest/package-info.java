/** What devices show of being able to recover. */
@NullMarked
package org.hikae.drill.rest;

import org.jspecify.annotations.NullMarked;
