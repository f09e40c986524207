-- Collected objects go with their bytes.
grant delete on ciphertext, ciphertext_page to ${appUser};
