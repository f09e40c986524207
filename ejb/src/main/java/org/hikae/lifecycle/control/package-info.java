/**
 * Until when a leaver's data is kept, and the key that signs receipts. Pure: knows no entity, store
 * or bean.
 */
@NullMarked
package org.hikae.lifecycle.control;

import org.jspecify.annotations.NullMarked;
