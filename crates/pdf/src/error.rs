//! What can go wrong between data and paper.

/// A paper that could not be made, with the reason for the log.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// A template, module or picture has a name that is not a plain relative path.
    #[error("dosya adı kullanılamaz: {0}")]
    Name(String),
    /// The typesetter refused the template or the data; each line names file and line number.
    #[error("belge dizilemedi:\n{0}")]
    Typesetting(String),
    /// The pages could not be written as PDF/A, for example because a letter is in no font.
    #[error("PDF yazılamadı:\n{0}")]
    Export(String),
    /// The creation instant cannot be expressed in a PDF.
    #[error("belge tarihi PDF'e yazılamaz")]
    Created,
    /// The text is too long for a QR code.
    #[error("karekod üretilemedi: {0}")]
    Qr(#[from] qrcode::types::QrError),
    /// A stored PDF could not be read or joined with others.
    #[error("PDF okunamadı veya birleştirilemedi: {0}")]
    Merge(#[from] lopdf::Error),
    /// The joined PDF could not be written out.
    #[error("birleştirilen PDF yazılamadı: {0}")]
    Write(#[from] std::io::Error),
}
