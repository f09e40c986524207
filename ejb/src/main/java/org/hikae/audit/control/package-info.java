/** What an export says about itself. Pure: knows no entity, store or bean. */
@NullMarked
package org.hikae.audit.control;

import org.jspecify.annotations.NullMarked;
