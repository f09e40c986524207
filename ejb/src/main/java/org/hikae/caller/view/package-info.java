/** The caller, and programs that use the API, as records. Knows no entity, store or bean. */
@NullMarked
package org.hikae.caller.view;

import org.jspecify.annotations.NullMarked;
