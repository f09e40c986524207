/** The page of the audit trail. Knows no entity, store or REST resource. */
@NullMarked
package org.hikae.insight.audit.faces;

import org.jspecify.annotations.NullMarked;
