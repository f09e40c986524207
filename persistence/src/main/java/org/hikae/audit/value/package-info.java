/**
 * What an event says, which events are looked for, and the place from which a list goes on. Knows
 * no entity.
 */
@NullMarked
package org.hikae.audit.value;

import org.jspecify.annotations.NullMarked;
