/**
 * Names of people, and how a repeated request and its answer are kept. Pure: knows no entity, store
 * or bean.
 */
@NullMarked
package org.hikae.caller.control;

import org.jspecify.annotations.NullMarked;
