/**
 * What devices said of themselves when somebody asked for help, as JPA entities. Knows no store.
 */
@NullMarked
package org.hikae.diagnostics.entity;

import org.jspecify.annotations.NullMarked;
