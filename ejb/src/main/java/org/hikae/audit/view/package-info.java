/** Events, verdicts and search criteria of the trail as records. Knows no entity, store or bean. */
@NullMarked
package org.hikae.audit.view;

import org.jspecify.annotations.NullMarked;
