insert into consent_text (version, language, title, body) values (1, 'en', 'Encrypted backup of your files',
'Hikae keeps copies of the folders you choose. Your device encrypts everything before it leaves the device. The company stores only encrypted data.

What you decide: whether to take part, which folders are kept, and how your backup is protected: with a password, with a 64-digit key, or with both. Taking part is voluntary, and you can withdraw on the pages of the portal at any time.

What IT sees: that you take part, the names and types of your devices, when backups and restores ran, how they ended, how many files and how many bytes they had, and how much is stored. IT does not see the content of your files, nor their names or folders.

What nobody can do for you: neither IT nor the makers of this software have your password or your 64-digit key, and nobody can reset them. If you lose both your password and your 64-digit key, and no device of yours is left that still has the key, your backup cannot be restored by anyone, ever. If you leave, the company cannot read your backup either.

The password: a separate guarded program, the vault, lets a password be tried ten times. After ten wrong tries in a row the password is destroyed for good and only the 64-digit key, or a device of yours, still opens the backup. Choose a password that you use nowhere else, above all not the one you sign in with. If you choose only the 64-digit key, there is no password that anyone could guess.

A stolen device: whoever can open the key file on your device can read all your backups. Lock your device, and revoke a lost one on the pages of the portal at once.');
insert into consent_text (version, language, title, body) values (1, 'ja', 'ファイルの暗号化バックアップについて',
'Hikae は、あなたが選んだフォルダーの控えを保管します。データは端末から出る前に、あなたの端末ですべて暗号化されます。会社が保管するのは暗号化されたデータだけです。

あなたが決めること: 参加するかどうか、どのフォルダーを保管するか、そしてバックアップをパスワード、64 桁のキー、またはその両方のどれで守るかです。参加は任意であり、ポータルの画面からいつでも撤回できます。

IT 部門に見えること: あなたが参加していること、端末の名前と種類、バックアップと復元が実行された時刻と結果、ファイルの件数とバイト数、保管されている容量です。ファイルの内容、ファイル名、フォルダー名は見えません。

誰にもできないこと: あなたのパスワードと 64 桁のキーは、IT 部門もこのソフトウェアの作成者も持っておらず、再設定することもできません。パスワードと 64 桁のキーの両方を失い、キーを持つ端末も残っていない場合、バックアップは誰にも、二度と復元できません。あなたが退職しても、会社がバックアップを読むことはできません。

パスワードについて: 独立して守られたプログラム(保管庫)が、パスワードの試行を 10 回まで認めます。続けて 10 回間違えるとパスワードは永久に破棄され、64 桁のキーかあなたの端末でしか開けなくなります。ほかで使っていないパスワード、特にサインインのものとは異なるパスワードを選んでください。64 桁のキーだけを選べば、推測されうるパスワードは存在しません。

端末の盗難について: 端末内の鍵ファイルを開ける人は、あなたのすべてのバックアップを読むことができます。端末には必ずロックを掛け、紛失したときはすぐにポータルの画面で端末を失効させてください。');
