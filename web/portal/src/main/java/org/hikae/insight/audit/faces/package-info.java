/**
 * The page of the audit trail, which names people by queries of insight; the capability audit may
 * not use those. Knows no entity, store or REST resource.
 */
@NullMarked
package org.hikae.insight.audit.faces;

import org.jspecify.annotations.NullMarked;
