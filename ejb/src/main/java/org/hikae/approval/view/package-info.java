/**
 * Requests for approval as administrators see them, and what approvers say. Knows no entity, store
 * or bean.
 */
@NullMarked
package org.hikae.approval.view;

import org.jspecify.annotations.NullMarked;
