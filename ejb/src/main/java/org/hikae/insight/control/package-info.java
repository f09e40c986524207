/**
 * Decides whether an employee is protected, and makes the text by which a client asks for the next
 * page of employees. Pure: knows no entity, store or bean.
 */
@NullMarked
package org.hikae.insight.control;

import org.jspecify.annotations.NullMarked;
