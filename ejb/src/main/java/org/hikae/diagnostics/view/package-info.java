/** Diagnostics and their likely causes as records. Knows no entity, store or bean. */
@NullMarked
package org.hikae.diagnostics.view;

import org.jspecify.annotations.NullMarked;
