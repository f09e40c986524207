/**
 * Forms of requests, byte ranges and object lists, decided without database or container. Pure:
 * knows no entity, store or bean.
 */
@NullMarked
package org.hikae.backup.control;

import org.jspecify.annotations.NullMarked;
