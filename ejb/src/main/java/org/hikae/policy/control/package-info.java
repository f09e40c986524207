/**
 * Keys and values of policies, which of several decides, and what a change does. Pure: knows no
 * entity, store or bean.
 */
@NullMarked
package org.hikae.policy.control;

import org.jspecify.annotations.NullMarked;
