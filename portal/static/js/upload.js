// Says before a large file is sent that it is too large; without this the server says so after.
document.addEventListener("change", (event) => {
  const input = event.target;
  if (!(input instanceof HTMLInputElement) || !input.dataset.largest) return;
  const tooLarge = [...input.files].some((file) => file.size > Number(input.dataset.largest));
  input.setCustomValidity(tooLarge ? "文件超过 1 GB。请压缩成 .gz，或者分成几个文件后再上传。" : "");
  input.reportValidity();
});
