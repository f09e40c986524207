-- In Japanese the first text had other words for device, key and taking part than all pages have. What anybody may have read is
-- evidence and stays: only a portal that knows no employee yet, and has published and logged nothing, begins with this one.
update consent_text set body =
'Hikae は、あなたが選んだフォルダーの控えを保管します。データはデバイスから出る前に、あなたのデバイスですべて暗号化されます。会社が保管するのは暗号化されたデータだけです。

あなたが決めること: 利用するかどうか、どのフォルダーを保管するか、そしてバックアップをパスワード、64 桁の鍵、またはその両方のどれで守るかです。利用は任意であり、ポータルのページからいつでもやめられます。

IT 部門に見えること: あなたが利用していること、デバイスの名前と種類、バックアップと復元が実行された時刻と結果、ファイルの件数とバイト数、保管されている容量です。ファイルの内容、ファイル名、フォルダー名は見えません。

誰にもできないこと: あなたのパスワードと 64 桁の鍵は、IT 部門もこのソフトウェアの作成者も持っておらず、再設定することもできません。パスワードと 64 桁の鍵の両方を失い、鍵を持つデバイスも残っていない場合、バックアップは誰にも、二度と復元できません。あなたが退職しても、会社がバックアップを読むことはできません。

パスワードについて: 独立して守られたプログラム(保管庫)が、パスワードの試行を 10 回まで認めます。続けて 10 回間違えるとパスワードは永久に破棄され、64 桁の鍵かあなたのデバイスでしか開けなくなります。ほかで使っていないパスワード、特にサインインのものとは異なるパスワードを選んでください。64 桁の鍵だけを選べば、推測されうるパスワードは存在しません。

デバイスの盗難について: デバイス内の鍵ファイルを開ける人は、あなたのすべてのバックアップを読むことができます。デバイスには必ずロックを掛け、紛失したときはすぐにポータルのページでデバイスを失効させてください。'
where version = 1 and language = 'ja'
  and not exists (select 1 from employee)
  and not exists (select 1 from consent)
  and not exists (select 1 from consent_version where version > 1)
  and not exists (select 1 from log_entry);
