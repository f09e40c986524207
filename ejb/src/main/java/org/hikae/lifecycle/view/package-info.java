/** Legal holds, leavers, erasures and receipt keys as records. Knows no entity, store or bean. */
@NullMarked
package org.hikae.lifecycle.view;

import org.jspecify.annotations.NullMarked;
