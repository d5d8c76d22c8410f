//! A small folder of records, written by hand, with one of each kind of student.

use std::{
    fs,
    path::{Path, PathBuf},
};

use storage::records::RecordsFile;
use tempfile::TempDir;

const UNITS: &str = "unit_id,parent_id,kind,code,name_tr,name_en,yoksis_id,detsis_no
1,,university,ÖRN,Örnek Üniversitesi,Example University,310001,71000001
2,1,faculty,MÜH,Mühendislik Fakültesi,Faculty of Engineering,310002,71000002
3,2,department,BLM,Bilgisayar Mühendisliği Bölümü,Department of Computer Engineering,310003,71000003
4,2,department,EEM,\"Elektrik, Elektronik Bölümü\",Department of Electrical Engineering,,
";
const STAFF: &str = "staff_id,tckn,title,given,surname,unit_id,email
1,10000000146,Prof. Dr.,İnci,AKÇAY,3,inci.akcay@example.invalid
2,12345678950,Doç. Dr.,Çınar,IRMAK,3,cinar.irmak@example.invalid
3,,Fakülte Sekreteri,Şafak,ÖNAL,2,
";
const APPOINTMENTS: &str = "staff_id,unit_id,office,starts_on,ends_on
1,2,dean,2025-02-01,
2,2,dean,2022-02-01,2025-02-01
3,2,secretary,2024-09-01,
";
const COURSES: &str = "course_id,unit_id,code,name_tr,name_en,theory,practice,credit,ects
1,1,TDL101,Türk Dili I,Turkish I,2,0,2,2
2,3,BLM101,Programlama I,Programming I,3,2,4,6
3,3,BLM102,Programlama II,Programming II,3,2,4,6.5
4,4,EEM101,Devre Kuramı I,Circuit Theory I,4,0,4,7
5,3,BLM201,Yapay Öğrenme,Machine Learning,3,0,3,5
";
const PROGRAMS: &str = "program_id,unit_id,code,name_tr,name_en,level,terms,language,osym_code,yoksis_id
1,3,BLM-L,Bilgisayar Mühendisliği,Computer Engineering,bachelor,8,tr,109900013,360001
2,4,EEM-L,Elektrik-Elektronik Mühendisliği,Electrical Engineering,bachelor,8,en,109900023,
";
const CURRICULA: &str = "curriculum_id,program_id,version,effective_year
1,1,1,2020
2,2,1,2020
";
const CURRICULUM_COURSES: &str = "curriculum_id,term_no,position,course_id,kind
1,1,1,2,compulsory
1,1,2,1,compulsory
1,2,1,3,compulsory
1,3,1,5,elective
2,1,1,4,compulsory
";
const TERMS: &str = "term_id,academic_year,season,name_tr,starts_on,ends_on
1,2024-2025,autumn,2024-2025 Güz,2024-09-16,2025-01-17
2,2024-2025,spring,2024-2025 Bahar,2025-02-10,2025-06-13
3,2025-2026,autumn,2025-2026 Güz,2025-09-15,2026-01-16
";
const SECTIONS: &str = "section_id,term_id,course_id,section_no,staff_id,quota
1,1,2,1,2,60
2,1,1,1,,120
3,2,3,1,2,60
4,3,4,1,1,40
";
const STUDENTS: &str = "student_no,tckn,given,surname,sex,birth_date,birth_place,email,program_id,curriculum_id,entry_year,class_year,status,status_since,advisor_id
240010001,98765432150,Işın,IŞIK,K,2006-03-14,Iğdır,240010001@ogr.example.invalid,1,1,2024,2,active,2024-09-05,2
240010002,11223344550,İlbey,İNCE,E,2005-11-02,Çankırı,240010002@ogr.example.invalid,1,1,2024,1,withdrawn,2025-03-03,2
240010003,99123456740,Ümit,ŞENTÜRK ÜNLÜ,E,2004-07-30,Bakü,,1,1,2024,1,on_leave,2025-02-10,
200010004,,Gülin,ÖZÇELİK,K,2002-01-09,İzmir,gulin@example.invalid,1,1,2020,4,graduated,2025-07-01,1
250020001,98765432150,Işın,IŞIK,K,2006-03-14,Iğdır,240010001@ogr.example.invalid,2,2,2025,1,active,2025-09-08,1
";
const STUDENT_TERMS: &str = "student_no,term_id,term_no,status
240010001,1,1,registered
240010001,2,2,registered
240010001,3,3,registered
240010002,1,1,registered
240010003,1,1,registered
240010003,2,2,leave
250020001,3,1,registered
";
const GRADES: &str = "student_no,term_id,section_id,course_id,attempt,midterm,final,letter,points,credit,ects
240010001,1,1,2,1,88,92,AA,4.0,4,6
240010001,1,2,1,1,,,M,,2,2
240010001,2,3,3,1,64,71,DC,1.5,4,6.5
240010001,3,,5,1,55,,S,,3,5
240010002,1,1,2,1,20,31,FF,0,4,6
240010002,1,2,1,1,80,85,BB,3.0,2,2
240010003,1,1,2,1,72.5,78,CB,2.5,4,6
250020001,3,4,4,1,95,90,AA,4.0,4,7
";

/// Twelve files in a folder of their own, which a test changes before it imports them.
pub struct RecordsFolder(TempDir);

impl RecordsFolder {
    /// A sound folder: one faculty, two programmes, five enrolments of four people, eight marks.
    pub fn small() -> Self {
        let folder = Self(TempDir::new().expect("a folder"));
        for (file, text) in [
            (RecordsFile::Units, UNITS),
            (RecordsFile::Staff, STAFF),
            (RecordsFile::Appointments, APPOINTMENTS),
            (RecordsFile::Courses, COURSES),
            (RecordsFile::Programs, PROGRAMS),
            (RecordsFile::Curricula, CURRICULA),
            (RecordsFile::CurriculumCourses, CURRICULUM_COURSES),
            (RecordsFile::Terms, TERMS),
            (RecordsFile::Sections, SECTIONS),
            (RecordsFile::Students, STUDENTS),
            (RecordsFile::StudentTerms, STUDENT_TERMS),
            (RecordsFile::Grades, GRADES),
        ] {
            folder.write(file, text);
        }
        folder
    }

    /// The folder.
    pub fn path(&self) -> PathBuf {
        self.0.path().to_owned()
    }

    /// A file of the folder.
    pub fn file(&self, file: RecordsFile) -> PathBuf {
        self.0.path().join(file.file_name())
    }

    /// What stands in a file.
    pub fn text(&self, file: RecordsFile) -> String {
        fs::read_to_string(self.file(file)).expect("a file")
    }

    /// Writes a whole file.
    pub fn write(&self, file: RecordsFile, bytes: impl AsRef<[u8]>) {
        fs::write(self.file(file), bytes).expect("written");
    }

    /// Replaces every occurrence of a text; the test is wrong where there is none.
    pub fn replace(&self, file: RecordsFile, from: &str, to: &str) -> &Self {
        let text = self.text(file);
        assert!(text.contains(from), "{} has no {from}", file.file_name());
        self.write(file, text.replace(from, to));
        self
    }

    /// Adds rows at the end of a file.
    pub fn add(&self, file: RecordsFile, rows: &str) -> &Self {
        self.write(file, self.text(file) + rows);
        self
    }

    /// Removes a file.
    pub fn remove(&self, file: RecordsFile) -> &Self {
        fs::remove_file(self.file(file)).expect("removed");
        self
    }
}

impl AsRef<Path> for RecordsFolder {
    fn as_ref(&self) -> &Path {
        self.0.path()
    }
}
