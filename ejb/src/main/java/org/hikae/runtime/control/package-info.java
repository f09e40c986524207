/**
 * Limits of rates and of transfers, caches, addresses and schedules that the settings name, and
 * keys in files. Pure: knows no entity, store or bean.
 */
@NullMarked
package org.hikae.runtime.control;

import org.jspecify.annotations.NullMarked;
