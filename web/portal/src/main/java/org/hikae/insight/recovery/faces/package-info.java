/** The overview's part about who could recover. Knows no entity, store or REST resource. */
@NullMarked
package org.hikae.insight.recovery.faces;

import org.jspecify.annotations.NullMarked;
