/**
 * Forms of requests, byte ranges, object lists and shares of transfers, decided without database or
 * container. Pure: knows no entity, store or bean.
 */
@NullMarked
package org.hikae.backup.control;

import org.jspecify.annotations.NullMarked;
