/**
 * Callers that were authenticated, consent texts and ledgers as records. Knows no entity, store or
 * bean.
 */
@NullMarked
package org.hikae.enrollment.view;

import org.jspecify.annotations.NullMarked;
