/**
 * Which address counts as one client, and how slowly a body may come and an answer may be taken.
 * Pure: knows no entity, store or bean.
 */
@NullMarked
package org.hikae.http.control;

import org.jspecify.annotations.NullMarked;
