/**
 * What lists filter and sort by, and the figures that they show, as plain records. Knows no entity.
 */
@NullMarked
package org.hikae.insight.value;

import org.jspecify.annotations.NullMarked;
