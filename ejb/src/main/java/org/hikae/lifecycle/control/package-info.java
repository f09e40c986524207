/**
 * Until when a leaver's data is kept, and what may be done with an erasure. Pure: knows no entity,
 * store or bean.
 */
@NullMarked
package org.hikae.lifecycle.control;

import org.jspecify.annotations.NullMarked;
